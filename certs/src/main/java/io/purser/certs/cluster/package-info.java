/** Reads and writes the cluster's objects: the Secret of the authority, the webhook configuration, the writer's Lease. */
@NullMarked
package io.purser.certs.cluster;

import org.jspecify.annotations.NullMarked;
