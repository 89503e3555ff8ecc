module cloud-services-buildpacks.toolforge.org/local/toolchain/pulumi

go 1.25.0

tool github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
