/** The store's contract, held by the embedded one and by a real one. */
@NullMarked
package io.purser.local.store;

import org.jspecify.annotations.NullMarked;
