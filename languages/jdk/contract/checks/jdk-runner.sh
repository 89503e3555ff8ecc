#!/bin/bash
# `java -jar` as webservice-runner starts it: the process itself, which is told the port and ends by SIGTERM.
set -euo pipefail
work=$HOME/contract-runner
rm -rf "$work"
mkdir "$work"
cat > "$work/Wait.java" << 'JAVA'
public class Wait {
  public static void main(String[] none) throws Exception {
    System.out.println("PORT=" + System.getenv("PORT"));
    Thread.sleep(60000);
  }
}
JAVA
cd "$work"
javac Wait.java
jar --create --file=wait.jar --main-class=Wait Wait.class
/usr/bin/webservice-runner --type generic --port 8000 /usr/bin/java -jar wait.jar > out 2>&1 &
server=$!
for _ in {1..60}; do
  ! grep -q '^PORT=' out || break
  sleep 0.5
done
same 'what the jar is told' PORT=8000 "$(grep '^PORT=' out || tail -n 1 out)"
same 'the process that the runner became' '/usr/bin/java -jar wait.jar ' "$(tr '\0' ' ' < "/proc/$server/cmdline" || echo gone)"
kill -TERM "$server" || true
status=0
wait "$server" || status=$?
same 'by SIGTERM it' 'ends with 143' "ends with $status"
cd
rm -rf "$work"
