/** All components of the platform, in the order in which they are shown. */
import { aptMirrors } from '../host/apt-mirrors';
import { npmRegistry } from '../host/npm-registry';
import { apiServer } from './api-server';
import type { Component } from './component';
import { containerd } from './containerd';
import { controllerManager, scheduler } from './controllers';
import { etcd } from './etcd';
import { gitServer } from './git-server';
import { kubeProxy } from './kube-proxy';
import { kubelet } from './kubelet';
import { packageCache } from './package-cache';
import { registry } from './registry';
import { sssd } from './sssd';

/** Their names, for commands that must work where nothing is installed. */
export const componentNames = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'containerd',
  'kubelet',
  'kube-proxy',
  'registry',
  'git-server',
  'package-cache',
  'sssd',
] as const;

/** Their definitions; needs the toolchain's compiler, apt and npm. */
export async function allComponents(): Promise<Component[]> {
  return [
    etcd(),
    apiServer(),
    controllerManager(),
    scheduler(),
    containerd(),
    kubelet(),
    kubeProxy(),
    registry(),
    gitServer(),
    packageCache(await aptMirrors(), await npmRegistry()),
    sssd(),
  ];
}
