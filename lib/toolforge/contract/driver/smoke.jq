# What is tried of an image whose canary has passed: whether it starts, and whether its server answers and ends, each without a name server. All else was tried
# of the canary: items of which no check is left. Input and output: items.json.
def smoke: { "no-network": ["job-offline"], "answers": ["web-offline"], "trace": ["web-offline"], "stops": ["web-offline"] };
map(
  if .checks == null then .
  else
    [.checks[] | .check as $check | .in |= map(select(IN((smoke[$check] // [])[]))) | select(.in != [])] as $kept
    | if $kept == [] then del(.checks) + { byCanary: true } else .checks = $kept end
  end
)
