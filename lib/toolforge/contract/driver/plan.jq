# What is to be run for a family: the checks of each shape, in the order of the table. Input: items.json; argument: $family.
def applies: .appliesTo == "every" or (.appliesTo == "web" and $family.kind == "web") or (.appliesTo == "python" and $family.language.python != null);
def shapes: ["web", "job", "shell", "web-again", "job-bare", "job-offline", "web-offline"] | map(select($family.kind == "web" or (startswith("web") | not)));
def unique_in_order: reduce .[] as $each ([]; if index([$each]) then . else . + [$each] end);
[.[] | select(applies) | .checks // [] | .[] | select(.onlyFor == null or .onlyFor == $family.kind)] as $checks
| shapes
| map(. as $shape | {
    shape: $shape,
    inside: ([$checks[] | select(.from == "inside" and (.in | index([$shape]))) | .check] | unique_in_order),
    outside: ([$checks[] | select(.from == "outside" and (.in | index([$shape]))) | .check] | unique_in_order)
  })
| map(select(.inside + .outside != []))
