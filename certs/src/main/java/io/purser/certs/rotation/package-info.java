/**
 * The rotation of the certificate authority as a state machine: what the writer does next, and when a replica issues
 * a new leaf. Pure: the time comes in as a value, and what was seen in the cluster too.
 */
@NullMarked
package io.purser.certs.rotation;

import org.jspecify.annotations.NullMarked;
