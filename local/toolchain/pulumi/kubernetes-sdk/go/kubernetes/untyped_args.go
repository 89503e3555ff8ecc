// Package kubernetes has the inputs of an object without a type of its own.
package kubernetes

import "reflect"

// UntypedArgs are the fields of an object.
type UntypedArgs map[string]any

// ElementType says that they are what they become.
func (UntypedArgs) ElementType() reflect.Type {
	return reflect.TypeOf(UntypedArgs{})
}
