#!/bin/bash
# javac, jar and java, in the home of the tool.
set -euo pipefail
work=$HOME/contract-jar
rm -rf "$work"
mkdir "$work"
cat > "$work/Hello.java" << 'JAVA'
public class Hello {
  public static void main(String[] words) { System.out.println("from a jar: " + String.join(" ", words)); }
}
JAVA
cd "$work"
status=0
said=$(javac Hello.java 2>&1 && jar --create --file=hello.jar --main-class=Hello Hello.class 2>&1) || status=$?
same 'javac and jar' 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $(tail -n 2 <<< "$said")")"
[ "$status" != 0 ] || same 'java -jar hello.jar a b' 'from a jar: a b' "$(/usr/bin/java -jar hello.jar a b 2>&1 | tail -n 1)"
cd
rm -rf "$work"
