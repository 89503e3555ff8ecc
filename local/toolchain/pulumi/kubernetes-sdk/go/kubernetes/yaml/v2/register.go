// Package v2 registers the objects of a YAML file.
package v2

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

type object struct {
	pulumi.CustomResourceState
}

// RegisterResource registers an object of any kind under its own type, without a Go type for what comes back.
func RegisterResource(ctx *pulumi.Context, apiVersion, kind, name string, props pulumi.Input, opts ...pulumi.ResourceOption) (pulumi.CustomResource, error) {
	if apiVersion == "v1" {
		apiVersion = "core/v1"
	}
	var registered object
	if err := ctx.RegisterResource(fmt.Sprintf("kubernetes:%s:%s", apiVersion, kind), name, props, &registered, opts...); err != nil {
		return nil, err
	}
	return &registered, nil
}
