# shellcheck shell=bash
# What a maintainer has typed: a jar, and one of a library beside it.
set -e
mkdir -p classes lib
javac -d classes/library src/Fnv1a.java
jar --create --file=lib/fnv1a.jar -C classes/library .
javac -d classes/notes -classpath lib/fnv1a.jar src/Notes.java src/Server.java src/Count.java
printf 'Main-Class: Server\nClass-Path: lib/fnv1a.jar\n' > manifest.txt
jar --create --file=notes.jar --manifest=manifest.txt -C classes/notes .
rm -r classes manifest.txt
