// What the plugin needs of Pulumi's SDK for Go programs. All of it, a type for each kind of Kubernetes, takes three CPU minutes to compile.
module github.com/pulumi/pulumi-kubernetes/sdk/v4

go 1.24.0

require github.com/pulumi/pulumi/sdk/v3 v3.246.0
