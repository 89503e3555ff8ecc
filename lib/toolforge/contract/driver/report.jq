# The report: every item with every run of its checks. Input: items.json; arguments: $plan, $shapes (of plan.jq), $records (lines of
# tool, shape, check, result, seconds, where, expected, got), $states {"<tool> <shape>": how the pod ended}, $seconds, $version, $name.
($records | split("\n") | map(select(. != "") | split("\t"))) as $lines
| . as $items
| [ $items[] | . as $item
    | { id, number, title, source }
      + if .reason != null then { result: "not-applicable", reason: .reason, runs: [] }
        elif .byCanary then { result: "by-canary", runs: [] }
        else
          [ .checks[] as $check | $shapes[].shape as $shape | select($check.in | index([$shape])) | $plan.tools[].name as $tool
            | [$lines[] | select(.[0] == $tool and .[1] == $shape and .[2] == $check.check)] as $found
            | { check: $check.check, shape: $shape, tool: $tool }
              + if $found == [] then
                  { result: "fail", seconds: 0, findings: [{ where: "the pod \($shape) of \($tool)", expected: "a result of the check \($check.check)", got: ($states["\($tool) \($shape)"] // "no pod") }] }
                else
                  { result: (if any($found[]; .[3] == "fail") then "fail" else $found[0][3] end), seconds: ($found[0][4] | tonumber), findings: [$found[] | select(.[3] == "fail") | { where: .[5], expected: .[6], got: .[7] }] }
                end ] as $runs
          | { result: (if $runs == [] or any($runs[]; .result == "fail") then "fail" else "pass" end), runs: $runs }
        end ] as $judged
| {
    contract: $version,
    name: $name,
    image: $plan.image,
    family: $plan.family,
    tools: [$plan.tools[].name],
    seconds: ($seconds | tonumber),
    passed: ($judged | map(select(.result == "pass")) | length),
    failed: ($judged | map(select(.result == "fail")) | length),
    notApplicable: ($judged | map(select(.result == "not-applicable")) | length),
    byCanary: ($judged | map(select(.result == "by-canary")) | length),
    items: $judged
  }
  + if $plan.canary then { canary: $plan.canary } else {} end
