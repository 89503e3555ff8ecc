import * as pulumi from '@pulumi/pulumi';

/**
 * A chart in Pulumi. Its type is a constant: it is part of the URN of every object below it, so renaming a class must not change it. Its
 * name is no part of them, which is why an object can move to another chart under an alias of its own name alone (pulumi#837).
 */
export class ChartComponent extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super('cloud-services-buildpacks:index:Chart', name, {}, opts);
  }
  /** Says that all its objects are registered. */
  close(): void {
    this.registerOutputs({});
  }
}
