/** The product end to end, through the command {@code try}. */
@NullMarked
package io.purser.local.trial;

import org.jspecify.annotations.NullMarked;
