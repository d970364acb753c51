/**
 * Issues the certificate authority and its serving certificates, and reads them back from PEM. Pure: no file, no
 * socket, no clock; the time comes in as a value.
 */
@NullMarked
package io.purser.certs.authority;

import org.jspecify.annotations.NullMarked;
