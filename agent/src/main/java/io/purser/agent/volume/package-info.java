/** Atomic files on the secret volume. */
@NullMarked
package io.purser.agent.volume;

import org.jspecify.annotations.NullMarked;
