import { VARIABLE } from './forms';
import { problemsOf, repeated, type Section } from './problem';

/** A variable that the operator of a builder gives to every buildpack, after what other buildpacks set. */
export type BuildConfigVariable = { readonly name: string; readonly value: string } & (
  | {
      /** `default`: where nothing is set; `override`: whatever is set. */
      readonly action: 'default' | 'override';
    }
  | {
      /** Behind or before what is set. */
      readonly action: 'append' | 'prepend';
      /** What stands between both. @default - nothing */
      readonly delimiter?: string;
    }
);

const OPERATOR: Section = 'platform 0.15, "Operator-Defined Variables"';
const RESERVED: Section = 'buildpack 0.12, "Provided by the Platform"';
const MODIFICATION: Section = 'buildpack 0.12, "Environment Variable Modification Rules"';

/** What is wrong with the environment that a builder gives its buildpacks. */
export function buildConfigProblems(variables: readonly BuildConfigVariable[]): readonly string[] {
  const twice = repeated(variables.map(({ name, action }) => `${name}.${action}`));
  return problemsOf([
    ...variables.flatMap(({ name }) => [
      {
        holds: VARIABLE.test(name),
        what: 'the name of a build-config variable',
        value: name,
        expected: "letters, digits and '_', not beginning with a digit: what follows a '.' would be taken for an action",
        section: MODIFICATION,
      },
      {
        holds: !name.startsWith('CNB_'),
        what: 'the name of a build-config variable',
        value: name,
        expected: 'another prefix than CNB_, which is reserved',
        section: RESERVED,
      },
    ]),
    {
      holds: twice.length === 0,
      what: 'build-config variables that are set twice in one way',
      value: twice,
      expected: 'none: each is one file',
      section: OPERATOR,
    },
    ...[...new Set(variables.map(({ name }) => name))].map((name) => {
      const delimiters = delimitersOf(variables.filter((variable) => variable.name === name));
      return {
        holds: delimiters.length < 2,
        what: `the delimiters of the build-config variable ${name}`,
        value: delimiters,
        expected: 'one, which stands in one file for what is appended and prepended',
        section: MODIFICATION,
      };
    }),
  ]);
}

/** The delimiters that are wanted, each once; none is one as well when something is joined without. */
export function delimitersOf(variables: readonly BuildConfigVariable[]): readonly string[] {
  const joined = variables.flatMap((variable) => ('delimiter' in variable ? [variable.delimiter ?? ''] : joinsBare(variable)));
  return [...new Set(joined)];
}

function joinsBare({ action }: BuildConfigVariable): readonly string[] {
  return action === 'append' || action === 'prepend' ? [''] : [];
}
