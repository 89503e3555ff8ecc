# A pod of a tool, as `webservice` and `jobs` make them and as Toolforge's admission completes them. Arguments: $plan (see plan.jq),
# $tool {name, uid, account, home, namespace}, $shape, $checks [names], $files {name: text}.

# Kubernetes expands $(NAME) and $$ in environment values.
def verbatim: gsub("\\$"; "$$");
def text($name): $files[$name] // error("the contract has no file \($name)");
def runner($type; $last): ["/usr/bin/webservice-runner", "--type", $type, "--port", "8000"] + $last;

(text("family.json") | fromjson) as { $language, $server }
| ($plan.family.language // {} | [.[]] | .[0] // "") as $version
| ($server.command // []) as $command
| {
  job:           { component: "jobs", container: "job", grace: 15, cpu: "1", command: ["/bin/sh", "-c", "--", "/bin/bash -c \"$CONTRACT_RUN\"; exit $?"] },
  "job-bare":    { component: "jobs", container: "job", grace: 15, cpu: "1", command: ["/bin/sh", "-c", "--", "/bin/bash -c \"$CONTRACT_RUN\"; exit $?"], mount: "none" },
  "job-offline": { component: "jobs", container: "job", grace: 15, cpu: "1", command: ["/bin/sh", "-c", "--", "/bin/bash -c \"$CONTRACT_RUN\"; exit $?"], offline: true },
  shell: {
    component: "webservice-interactive", container: "shell", grace: 30, cpu: "500m", terminal: true,
    command: ["/bin/bash", "-ilc", "export CONTRACT_SHELL_FLAGS=$- CONTRACT_SHELL_LOGIN=\"$(shopt -p login_shell)\"; /bin/bash -c \"$CONTRACT_RUN\""]
  },
  web:           { component: "web", container: "webservice", grace: 30, cpu: "500m", command: runner($server.type; $command) },
  # The name that the type had before, and an argument that the runner does not know.
  "web-again":   { component: "web", container: "webservice", grace: 30, cpu: "500m", command: runner($server.oldType; $command + ["extra"]) },
  "web-offline": { component: "web", container: "webservice", grace: 30, cpu: "500m", command: runner($server.type; $command), offline: true },
  prepare:       { component: "jobs", container: "job", grace: 5, cpu: "1", command: ["/bin/bash", "-c", text("prepare.sh")], trusted: true },
  remove:        { component: "jobs", container: "job", grace: 5, cpu: "1", command: ["/bin/bash", "-c", text("remove.sh")], trusted: true }
}[$shape] as $is
| "\($tool.home)/.image-contract-\($plan.id)" as $home
| ($is.mount // "all") as $mount
| ($plan.mounts == "declared") as $declared
# The webhook's part, where there is none: lib/toolforge/pod-storage.ts.
| (if $declared then (text("storage.json") | fromjson)[$mount] else { spec: {}, container: {} } end) as $storage
| {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: "image-contract-\($plan.id)-\($shape)",
      namespace: $tool.namespace,
      labels: {
        "toolforge": "tool",
        "toolforge.org/mount-storage": $mount,
        "app.kubernetes.io/component": $is.component,
        "app.kubernetes.io/managed-by": (if $is.component == "jobs" then "toolforge-jobs-framework" else "webservice" end),
        "app.kubernetes.io/part-of": "image-contract",
        "image-contract": $plan.id
      }
    },
    spec: ({
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      imagePullSecrets: (if $plan.pullSecret == "" then [] else [{ name: $plan.pullSecret }] end),
      # Whatever becomes of the driver, no pod of it stays for long.
      activeDeadlineSeconds: 600,
      terminationGracePeriodSeconds: $is.grace,
      securityContext: {
        runAsUser: $tool.uid,
        runAsGroup: $tool.uid,
        fsGroup: $tool.uid,
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" }
      },
      containers: [{
        name: $is.container,
        image: (if $is.trusted then $plan.toolbox else $plan.image end),
        command: [$is.command[] | verbatim],
        stdin: ($is.terminal // false),
        tty: ($is.terminal // false),
        resources: { limits: { cpu: $is.cpu, memory: "512Mi" }, requests: { cpu: "100m", memory: "256Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          privileged: false,
          readOnlyRootFilesystem: false,
          runAsUser: $tool.uid,
          runAsGroup: $tool.uid
        },
        env: ([
          { name: "CONTRACT_SHAPE", value: $shape },
          { name: "CONTRACT_UID", value: "\($tool.uid)" },
          { name: "CONTRACT_ACCOUNT", value: $tool.account },
          { name: "CONTRACT_HOME", value: $home },
          { name: "CONTRACT_LANGUAGE_VERSION", value: $version },
          # Whether the image promises the common tools.
          { name: "CONTRACT_TOOLS", value: (if $plan.family.bare then "" else "common" end) },
          { name: "CONTRACT_PROGRAMS", value: ($language.programs // [] | map(gsub("\\{version\\}"; $version)) | join(" ")) },
          { name: "CONTRACT_START", value: ($language.start // "") },
          { name: "CONTRACT_CHECKS", value: ($checks | join(" ")) },
          { name: "CONTRACT_CHECK_SECONDS", value: "120" },
          { name: "CONTRACT_VERDICT", value: text("verdict.sh") },
          { name: "CONTRACT_RUN", value: text("run-checks.sh") },
          { name: "TOOL_CONTRACT_WORDS", value: "it's \"two\" $words \\ here" },
          ($checks[] | { name: "CHECK_\(gsub("-"; "_"))", value: text("check.\(.).sh") })
        ]
        + (if $is.component == "web" then [
            { name: "CONTRACT_PROCESS", value: $server.process.program },
            { name: "CONTRACT_PROCESS_DIRECTORY", value: ([$home, $server.process.directory // empty] | join("/")) }
          ] else [] end)
        + (if $is.trusted then [{ name: "CONTRACT_FILES", value: ($server.home // {} | tojson) }] else [] end)
        + (if $mount == "all" then [{ name: "HOME", value: $home }] else [] end)
        + (if $declared and $mount == "all" then [{ name: "TOOL_DATA_DIR", value: $tool.home }] else [] end)
        | map(.value |= verbatim))
      }
      + $storage.container
      # A working directory that is not there yet would be made by the runtime, as root.
      + (if $is.trusted then { workingDir: "/" } elif $mount == "all" then { workingDir: $home } else {} end)]
    }
    + $storage.spec
    # Of the ways to be without a network this is the one that a pod can have on any cluster: no name resolves, since the only name server
    # is an address for documentation (RFC 5737). Addresses can still be reached where a route leads there.
    + (if $is.offline then { dnsPolicy: "None", dnsConfig: { nameservers: ["192.0.2.1"], options: [{ name: "timeout", value: "1" }, { name: "attempts", value: "1" }] } } else {} end))
  }
