/** What a kubelet does for a pod: volumes, container roots, processes; with folders and without root's rights. */
@NullMarked
package io.purser.local.kubelet;

import org.jspecify.annotations.NullMarked;
