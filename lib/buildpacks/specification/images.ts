import { ID } from './forms';
import { problemsOf, type Rule } from './problem';
import { platformRules, type TargetData } from './target';

/** What the config of a build image or of a run image says. */
export interface BaseImageData {
  /** `uid:gid`; a name would mean whatever /etc/passwd says. */
  readonly user: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly target: TargetData;
}

const BUILD = 'platform 0.15, "Build Image"';
const RUN = 'platform 0.15, "Run Image"';
const TARGET = 'platform 0.15, "Target Data"';

/** What is wrong with the config of a build image. */
export function buildImageProblems(image: BaseImageData): readonly string[] {
  const { user, environment } = image;
  // One problem is enough where the user tells no ids.
  const [, uid, gid] = /^(\d+):(\d+)$/.exec(user) ?? [];
  const { CNB_USER_ID: userId, CNB_GROUP_ID: groupId } = environment;
  return problemsOf([
    {
      holds: /^[1-9]\d*:\d+$/.test(user),
      what: "the build image's user",
      value: user,
      expected: 'uid:gid in digits, the uid not 0',
      section: BUILD,
    },
    {
      holds: uid === undefined || userId === uid,
      what: "the build image's CNB_USER_ID",
      value: userId,
      expected: `its uid, ${String(uid)}`,
      section: BUILD,
    },
    {
      holds: gid === undefined || groupId === gid,
      what: "the build image's CNB_GROUP_ID",
      value: groupId,
      expected: `its primary gid, ${String(gid)}`,
      section: BUILD,
    },
    pathRule('build', image, BUILD),
    ...labelRules('build', image, BUILD),
    ...targetRules('build', image),
  ]);
}

/** What is wrong with the config of a run image, by itself. */
export function runImageProblems(image: BaseImageData): readonly string[] {
  const rebasable = image.labels['io.buildpacks.rebasable'];
  const id = image.labels['io.buildpacks.base.id'];
  return problemsOf([
    pathRule('run', image, RUN),
    ...labelRules('run', image, RUN),
    {
      holds: rebasable === 'true',
      what: "the run image's label io.buildpacks.rebasable",
      value: rebasable,
      expected: "'true', without which images cannot be put on its later versions",
      section: RUN,
    },
    {
      holds: id !== undefined && ID.test(id) && /^[a-z0-9-]+\./.test(id),
      what: "the run image's label io.buildpacks.base.id",
      value: id,
      expected: "letters, digits, '.', '/' and '-', beginning like a reversed domain, such as org.toolforge.bookworm",
      section: TARGET,
    },
    ...targetRules('run', image),
  ]);
}

/** What is wrong between a build image and the run image of the same stack. */
export function stackImagesProblems({
  build,
  run,
}: {
  readonly build: BaseImageData;
  readonly run: BaseImageData;
}): readonly string[] {
  const same = (key: string, there: string | undefined, here: string | undefined): Rule => ({
    holds: there === undefined || here === undefined || there === here,
    what: `the run image's ${key}`,
    value: here,
    expected: `that of the build image, '${String(there)}'`,
    section: TARGET,
  });
  const uid = (image: BaseImageData): string => image.user.split(':')[0] ?? '';
  return problemsOf([
    {
      holds: uid(run) !== '' && uid(run) !== uid(build),
      what: "the run image's user",
      value: run.user,
      expected: `another uid than that of builds, ${uid(build)}`,
      section: RUN,
    },
    same('os', build.target.os, run.target.os),
    same('architecture', build.target.arch, run.target.arch),
    same('variant', build.target.variant, run.target.variant),
    same('distribution', build.target.distro?.name, run.target.distro?.name),
    same('version of the distribution', build.target.distro?.version, run.target.distro?.version),
  ]);
}

/** Which target ids are not one stack's alone; their case does not count. */
export function targetIdProblems(ids: readonly string[]): readonly string[] {
  const lower = ids.map((id) => id.toLowerCase());
  return problemsOf(
    ids.map((id, i) => ({
      holds: lower.indexOf(id.toLowerCase()) === i,
      what: 'the target id of two run images',
      value: id,
      expected: 'ids that differ in more than case',
      section: TARGET,
    })),
  );
}

function pathRule(which: string, { environment }: BaseImageData, section: typeof BUILD | typeof RUN): Rule {
  const path = environment['PATH'];
  return {
    holds: path === '' || (path ?? ':').split(':').every((folder) => folder.startsWith('/')),
    what: `the ${which} image's PATH`,
    value: path,
    expected: "absolute folders with ':' between them, or an empty text",
    section,
  };
}

// homepage, released and metadata are left out: nothing here has them, and a date would be another image every day.
function labelRules(which: string, { labels }: BaseImageData, section: typeof BUILD | typeof RUN): readonly Rule[] {
  return ['maintainer', 'description'].map((key) => ({
    holds: (labels[`io.buildpacks.base.${key}`] ?? '') !== '',
    what: `the ${which} image's label io.buildpacks.base.${key}`,
    value: labels[`io.buildpacks.base.${key}`],
    expected: 'a text',
    section,
  }));
}

function targetRules(which: string, { target, labels }: BaseImageData): readonly Rule[] {
  const { distro } = target;
  const label = (key: 'name' | 'version'): Rule => {
    const value = labels[`io.buildpacks.base.distro.${key}`];
    const form = key === 'name' ? /^[a-z0-9._-]+$/ : /^[a-z0-9._-]*$/;
    return {
      holds: value !== undefined && form.test(value) && (distro === undefined || value === distro[key]),
      what: `the ${which} image's label io.buildpacks.base.distro.${key}`,
      value,
      expected: `what its /etc/os-release says${distro === undefined ? '' : `, '${distro[key]}'`}`,
      section: TARGET,
    };
  };
  return [...platformRules(`the ${which} image`, target, TARGET), label('name'), label('version')];
}
