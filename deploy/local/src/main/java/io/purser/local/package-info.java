/** The laptop: the front door, try, and the embedded store. */
@NullMarked
package io.purser.local;

import org.jspecify.annotations.NullMarked;
