/** The facts that decide, read from the pod's JSON. */
@NullMarked
package io.purser.webhook.pod;

import org.jspecify.annotations.NullMarked;
