module cloud-services-buildpacks.toolforge.org/local/toolchain/pause

go 1.24.0
