/** The command {@code try}: a pod goes in, its secrets come out as files, and they follow a rotation. */
@NullMarked
package io.purser.local.trial;

import org.jspecify.annotations.NullMarked;
