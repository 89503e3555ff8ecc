# What is tried of an image whose canary has passed: that it starts, and that its server answers and ends, in the two pods that show most by least.
# The other items were tried of the canary. Input and output: items.json.
def smoke: ["job-offline", "web-offline"];
map(
  if .checks == null then .
  else
    [.checks[] | .in |= map(select(IN(smoke[]))) | select(.in != [])] as $kept
    | if $kept == [] then del(.checks) + { byCanary: true } else .checks = $kept end
  end
)
