/** A real node on this machine: kube-apiserver, etcd, kubelet and containerd, on which the shipped manifests and images are tried. */
@NullMarked
package io.purser.local.node;

import org.jspecify.annotations.NullMarked;
