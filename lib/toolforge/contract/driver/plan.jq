# What is to be run: the checks of each shape, in the order of the table. Input: items.json, which has the items and checks of the family.
def shapes: ["web", "job", "shell", "web-again", "job-bare", "job-offline", "web-offline"];
def unique_in_order: reduce .[] as $each ([]; if index([$each]) then . else . + [$each] end);
[.[].checks // [] | .[]] as $checks
| shapes
| map(. as $shape | {
    shape: $shape,
    inside: ([$checks[] | select(.from == "inside" and (.in | index([$shape]))) | .check] | unique_in_order),
    outside: ([$checks[] | select(.from == "outside" and (.in | index([$shape]))) | .check] | unique_in_order)
  })
| map(select(.inside + .outside != []))
