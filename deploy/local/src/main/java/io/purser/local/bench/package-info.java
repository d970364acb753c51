/** The figures of the performance page, made again. */
@NullMarked
package io.purser.local.bench;

import org.jspecify.annotations.NullMarked;
