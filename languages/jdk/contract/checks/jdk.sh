#!/bin/bash
# This release by Debian's alternatives, in the folder that builds and start scripts name, and Maven that runs by it.
set -euo pipefail
home=/usr/lib/jvm/java-$CONTRACT_LANGUAGE_VERSION-openjdk-amd64
case $CONTRACT_LANGUAGE_VERSION in
  17) maven=3.6.3 ;;
  *) maven=3.9.9 ;;
esac
has 'java -version' "version \"$CONTRACT_LANGUAGE_VERSION." "$(/usr/bin/java -version 2>&1 | head -n 1)"
has 'javac -version' "javac $CONTRACT_LANGUAGE_VERSION." "$(/usr/bin/javac -version 2>&1 | tail -n 1)"
same '/usr/bin/java, by alternatives' "/etc/alternatives/java $home/bin/java" "$(readlink /usr/bin/java) $(readlink -f /usr/bin/java)"
same java.home "$home" "$(/usr/bin/java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')"
said=$(mvn -v 2>&1 || true)
has 'mvn -v' "Apache Maven $maven" "$(head -n 1 <<< "$said")"
has 'the Java of mvn' "$home" "$(grep '^Java version' <<< "$said" || tail -n 1 <<< "$said")"
