/** Templates on the laptop: unit tests for them, and rendering one against fixtures or a real store. */
@NullMarked
package io.purser.local.template;

import org.jspecify.annotations.NullMarked;
