/** What tools have in their homes, which ask for: a folder beside this file each, with the files of the home and what was typed there. */

/** What is asked of a home. */
export interface Home {
  /** The folder beside this file: `home/`, and `build.sh`, what a maintainer has typed there. */
  readonly folder: string;
  /** What `webservice` starts: the type by one of its old names, the port, and the tool's own arguments. */
  readonly start: string;
  /** What is asked of the webservice: paths, with the status that each has. */
  readonly paths: Readonly<Record<string, number>>;
  /** A path whose answer has the sum of "foobar", by what was compiled or made in the home. */
  readonly sum: string;
  /** A job, as `toolforge jobs run` has it. */
  readonly job: string;
  /** Lines that are typed in a shell. */
  readonly shell: readonly string[];
}

const lighttpd = (type: 'lighttpd' | 'lighttpd-plain'): string => `--type ${type} --port 8000`;
const own = (command: string): string => `--type generic --port 8000 ${command}`;
const notes = { '/': 200, '/note/foobar': 200, '/note/a': 200, '/about': 200, '/no/such': 404 } as const;

/** lighttpd with CGI in Perl, DBI with SQLite, and a module in C. */
export const perl: Home = {
  folder: 'perl',
  start: lighttpd('lighttpd'),
  paths: {
    ...{ '/': 200, '/note/foobar': 200, '/note/a': 200, '/old/note/b': 301, '/zero.geojson': 200, '/settings.inc': 404 },
    ...{ '/index.html~': 404, '/no/such': 404, '/notes.pl?c': 200, '/private/x': 404 },
  },
  sum: '/note/foobar',
  job: 'jobs/count.pl | sort --reverse',
  shell: [
    'perl -V:version',
    "perl -MDBI -e 'print grep(/SQLite/, DBI->available_drivers), qq(\\n)'",
    'jobs/count.pl',
    'gcc -dumpmachine',
  ],
};

/** lighttpd with PHP by FastCGI, SQLite, APCu, and classes by Composer. */
export const php: Home = {
  folder: 'php',
  start: lighttpd('lighttpd-plain'),
  paths: {
    ...{ '/': 200, '/note/foobar': 200, '/note/a': 200, '/index.php?note=b': 200, '/about.php?x=1': 200, '/report.php': 200 },
    ...{ '/old/note/b': 301, '/zero.geojson': 200, '/private/settings.php': 404, '/old.pl?word': 200, '/no/such': 404 },
  },
  sum: '/note/foobar',
  job: 'jobs/count.php',
  shell: [
    'jobs/count.php',
    'composer dump-autoload --optimize',
    `php -r 'echo PHP_VERSION_ID > 70000, "\\n";'`,
    `php -m | grep -E 'apcu|mbstring|pdo_sqlite'`,
  ],
};

/** uWSGI with a uwsgi.ini, a venv that Debian's Python has made, a module in C in it, and SQLite. */
export const python: Home = {
  folder: 'python',
  start: '--type uwsgi-python --port 8000',
  paths: { ...notes, '/healthz': 200 },
  sum: '/note/foobar',
  job: 'www/python/venv/bin/python3 www/python/src/notes.py',
  shell: [
    '. www/python/venv/bin/activate',
    'python3 www/python/src/notes.py',
    'command -v python3',
    `python3 -c 'import sys; print(sys.version_info[:2], sys.prefix, sys.base_prefix)'`,
    'ls -l www/python/venv/bin | grep -o "python3.*"',
  ],
};

/** npm start, with an addon in node_modules that is of one release of Node. */
export const node: Home = {
  folder: 'node',
  start: '--type nodejs --port 8000',
  paths: notes,
  sum: '/note/foobar',
  job: 'cd www/js && npm run --silent count',
  shell: ['cd www/js', 'npm ls --offline', 'npm run --silent count', `node -p 'process.versions.modules'`, 'gcc -dumpmachine'],
};

/** The tool's own command, with gems of Bundler in the home, one of them in C, and with SQLite. */
export const ruby: Home = {
  folder: 'ruby',
  start: own('bundle exec ruby server.rb'),
  paths: notes,
  sum: '/note/foobar',
  job: 'bundle exec ruby count.rb',
  shell: [
    'bundle list',
    'bundle check',
    'bundle exec ruby count.rb',
    `ruby -e 'puts Gem.extension_api_version'`,
    'gem env gemdir',
  ],
};

/** The tool's own command: a jar, with one of a library, and objects that Java has written. */
export const jdk: Home = {
  folder: 'jdk',
  start: own('java -Xmx64m -jar notes.jar'),
  paths: notes,
  sum: '/note/foobar',
  job: 'java -classpath notes.jar Count',
  shell: ['java -classpath notes.jar Count', 'jar --list --file=notes.jar | grep class', 'readlink -f /usr/bin/java'],
};

/** lighttpd with CGI in Tcl, and a document of tDOM. */
export const tcl: Home = {
  folder: 'tcl',
  start: lighttpd('lighttpd'),
  paths: { '/': 200, '/note/foobar': 200, '/note/a': 200, '/about.tcl?x=1': 200, '/zero.geojson': 200, '/no/such': 404 },
  sum: '/note/foobar',
  job: 'jobs/count.tcl',
  shell: ['jobs/count.tcl', `echo 'puts [package require tdom]' | tclsh`],
};

/** The tool's own command for pages that were made of data by the common tools. */
export const pages: Home = {
  folder: 'static',
  start: own('./serve.pl'),
  paths: { '/': 200, '/index.html': 200, '/notes.txt.zst': 200, '/no/such': 404 },
  sum: '/',
  job: 'make --silent --always-make -C site && zstd --decompress --stdout public_html/notes.txt.zst',
  shell: [
    'make --question -C site; echo $?',
    'jq --compact-output . site/notes.json',
    'gawk -f site/page.awk <<< foobar',
    'ls -lnR site',
  ],
};
