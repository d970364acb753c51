/** TLS by OpenSSL, which the distribution brings, in the shape of the JDK's sockets. */
@NullMarked
package io.purser.agent.vault.openssl;

import org.jspecify.annotations.NullMarked;
