/** The webhook's certificate authority and its leaf certificates. */
@NullMarked
package io.purser.certs;

import org.jspecify.annotations.NullMarked;
