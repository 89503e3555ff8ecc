# What failed, in words: the same finding once, with all pods that have it.
[ .items[] | .id as $id | .runs[] | . as $run | .findings[] | { id: $id, pod: "\($run.shape) of \($run.tool)", check: $run.check, finding: . } ]
| group_by([.id, .check, .finding])[]
| "FAILED \(.[0].id) (check \(.[0].check))\n  where     \(.[0].finding.where)\n  expected  \(.[0].finding.expected)\n  got       \(.[0].finding.got)\n  in        \(map(.pod) | join(", "))"
