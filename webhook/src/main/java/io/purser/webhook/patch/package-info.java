/** Turns an injection plan into RFC 6902 operations. */
@NullMarked
package io.purser.webhook.patch;

import org.jspecify.annotations.NullMarked;
