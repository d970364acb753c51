/** The annotations, their defaults, and what violates them. */
@NullMarked
package io.purser.webhook.policy;

import org.jspecify.annotations.NullMarked;
