import type { Absences, AbsentCommands } from './legacy/parity';

/** The packages that legacy images name and ours lack, and why. */
export const absent: Absences = {};

const OF_JAVA_11 =
  'of Java 11, which maven brings into the legacy image beside 17; Java 17, which `java` is there too, has it no more';
const OF_PACKAGES =
  "compiles what Debian's own packages of Python modules bring, when apt installs them; ours has none, and Python in a layer";
const OF_TRANSLATORS =
  "Debian's script that collects texts for translators, of its own package of Python; in an environment Babel's `pybabel extract` does that";
const OF_UWSGI = 'uwsgi by the name of the Python that Debian loads into it; in ours it is built in, and its name is uwsgi';

/** The commands that legacy images have and ours lack, and why. */
export const absentCommands: AbsentCommands = {
  jjs: OF_JAVA_11,
  pack200: OF_JAVA_11,
  rmid: OF_JAVA_11,
  unpack200: OF_JAVA_11,
  py3clean: OF_PACKAGES,
  py3compile: OF_PACKAGES,
  py3versions: "says which versions of Python Debian's own packages of modules are compiled for; ours has none of these",
  pygettext3: OF_TRANSLATORS,
  'pygettext3.9': OF_TRANSLATORS,
  'pygettext3.11': OF_TRANSLATORS,
  'pygettext3.13': OF_TRANSLATORS,
  uwsgi_python39: OF_UWSGI,
  uwsgi_python311: OF_UWSGI,
};
