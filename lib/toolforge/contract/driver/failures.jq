# What failed, in words. The same finding stands once, with all items and pods that have it; what differs between the two tools only by
# their names and numbers is the same. A pod without any results stands once, instead of each check that it owed.
def likeness: gsub("/data/project/[^/ ]+/\\.image-contract-[0-9a-f]+"; "~") | gsub("[0-9]{5,}|[0-9]+([.][0-9]+){3}"; "N");
.tools as $tools
| [ .items[] | .id as $id | .runs[] | . as $run | .findings[] | { id: $id, pod: "\($run.shape) of \($run.tool)", check: $run.check, finding: . }
    | .owed = (.finding.expected | startswith("a result of the check "))
    | .like = (if .owed then [.finding.got] else [.check, .finding.where, .finding.expected, .finding.got] end
        | tojson | likeness | reduce $tools[] as $tool (.; split($tool) | join("T"))) ]
| group_by(.like) | sort_by(map(.id) | min)[]
| .[0] as $first
| "FAILED \(map(.id) | unique | join(", "))\n  where     "
  + (if $first.owed then "the checks \(map(.check) | unique | join(", "))\n  expected  a result\n  got       "
     else "\($first.finding.where)\(if $first.finding.where | startswith("the check ") then "" else " (check \($first.check))" end)\n  expected  \($first.finding.expected)\n  got       " end)
  + "\($first.finding.got)\n  in        \(map(.pod) | unique | join(", "))"
