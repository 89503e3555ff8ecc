/** A program whose `main` is a function of a library that a buildpack lays. */
export interface FacadeProgram {
  /** The library, by its path in the layer, where it is looked for first. Its soname is its file name. */
  readonly library: string;
  /** Its function that takes `argc` and `argv` and returns the exit status: `Py_BytesMain`. */
  readonly main: string;
}

/**
 * Paths of legacy images, and what the run image has there: a link, by its target, or a program.
 *
 * A program where it matters that a path is no link: who asks for the real path of a link gets one that legacy images lack
 * (docs/decisions/0014).
 */
export type Facade = Readonly<Record<string, string | FacadeProgram>>;

/** The links and the programs of a facade, each by its path. */
export function facadeParts(facade: Facade): {
  readonly links: Readonly<Record<string, string>>;
  readonly programs: Readonly<Record<string, FacadeProgram>>;
} {
  const links: Record<string, string> = {};
  const programs: Record<string, FacadeProgram> = {};
  for (const [path, entry] of Object.entries(facade)) {
    if (typeof entry === 'string') links[path] = entry;
    else programs[path] = entry;
  }
  return { links, programs };
}

/** Where each path of a facade leads: what a link leads to, and the library of a program. */
export function facadeTargets(facade: Facade): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(facade).map(([path, to]) => [path, typeof to === 'string' ? to : to.library]));
}

/**
 * What is wrong with the programs of a facade.
 *
 * @param packages - the locked packages of the run image, in which they are compiled
 * @returns a line a problem
 */
export function programProblems(facade: Facade, packages: readonly string[]): string[] {
  const programs = Object.entries(facadeParts(facade).programs);
  const lacksCompiler = programs.length > 0 && !packages.includes('gcc');
  return [
    ...(lacksCompiler
      ? [
          "its facade has programs, which are compiled in the run image, and no compiler is locked for it; add 'gcc' to `packages.run`",
        ]
      : []),
    ...programs.flatMap(([path, { library, main }]) =>
      [
        isPathBelow('/usr', path) || `is at '${path}'; expected a path below /usr without . and ..`,
        isPathBelow('/layers', library) || `is in the library '${library}'; expected a path below /layers without . and ..`,
        /^[A-Za-z_]\w*$/.test(main) || `has '${main}' as its main; expected the name of a function in C, such as Py_BytesMain`,
      ].flatMap((each) => (each === true ? [] : [`the program ${path} of its facade ${each}`])),
    ),
  ];
}

function isPathBelow(folder: string, path: string): boolean {
  const names = path.slice(folder.length + 1).split('/');
  return path.startsWith(`${folder}/`) && names.every((name) => /^[\w.+-]+$/.test(name) && name !== '.' && name !== '..');
}
