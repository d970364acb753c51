/** TLS contexts made from PEM. */
@NullMarked
package io.purser.local.trust;

import org.jspecify.annotations.NullMarked;
