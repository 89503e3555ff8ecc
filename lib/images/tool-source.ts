/** Where a repository is read. Without TLS only inside the embedded platform, whose names end in `.local`. */
export type RepositoryUrl =
  `https://${string}` | `http://${string}.local/${string}` | `http://${string}.local:${number}/${string}`;

/** A tool's repository at a commit: what its image is built from, so that the same declaration is the same image. */
export interface GitSource {
  /** A repository that can be read without a password. */
  readonly url: RepositoryUrl;
  /** The full hash of a commit, 40 hex characters. Branches and tags move: `git ls-remote <url> <branch>` says which commit they name. */
  readonly commit: string;
  /** The folder in it that is the application, such as `services/web`. @default - the whole repository */
  readonly folder?: string;
}

/** A tool's repository at whichever commit a branch has: what its image follows. */
export interface GitBranch extends Pick<GitSource, 'url' | 'folder'> {
  /** `main` */
  readonly branch: string;
}

// What no shell, TOML or URL of git takes for anything else; @ would be a password's.
const URL_TEXT = /^https?:\/\/[A-Za-z0-9.-]+(:[0-9]+)?\/[A-Za-z0-9._~%/+-]+$/;
const COMMIT = /^[0-9a-f]{40}$/;
// https://git-scm.com/docs/git-check-ref-format, and of that what no shell takes for anything else.
const BRANCH = /^(?![-/.]|refs\/)(?!.*(\/[/.]|\.\.|\.lock(\/|$)|[/.]$))[\w./+-]+$/;

/**
 * What a source gets wrong that its types cannot see.
 *
 * @param plainHttp - whether the registry speaks plain HTTP, as only the embedded platform's does: then a source may, too
 * @returns a line a problem
 */
export function sourceProblems({ commit, ...source }: GitSource, plainHttp: boolean): string[] {
  const { url } = source;
  return [
    ...placeProblems(source, plainHttp),
    ...(COMMIT.test(commit)
      ? []
      : [
          `the source's commit is '${commit}', but expected is the full hash of a commit, 40 characters of 0-9 and a-f: ` +
            `branches and tags move; git ls-remote ${url} says which commit each of them is now`,
        ]),
  ];
}

/** As {@link sourceProblems}, of a source that follows a branch. */
export function branchProblems({ branch, ...source }: GitBranch, plainHttp: boolean): string[] {
  return [
    ...placeProblems(source, plainHttp),
    ...(BRANCH.test(branch)
      ? []
      : [
          `the source's branch is '${branch}', but expected is the name of a branch such as main, without refs/heads/ and blanks`,
        ]),
  ];
}

function placeProblems({ url, folder }: Pick<GitSource, 'url' | 'folder'>, plainHttp: boolean): string[] {
  return [
    ...(URL_TEXT.test(url)
      ? []
      : [`the source's url is '${url}', but expected is https://<host>/<path>, without a user, a password, a query`]),
    ...(url.startsWith('http:') && !plainHttp
      ? [`the source's url is '${url}', but only the embedded platform reads without TLS; use https://`]
      : []),
    ...(folder === undefined || isFolder(folder)
      ? []
      : [
          `the source's folder is '${folder}', but expected is a path in the repository such as services/web, without '.' and '..'`,
        ]),
  ];
}

function isFolder(folder: string): boolean {
  return /^[\w .+@-]+(\/[\w .+@-]+)*$/.test(folder) && !folder.split('/').some((part) => part === '.' || part === '..');
}
