/** Vault and OpenBao over HTTP, by com.bettercloud:vault-java-driver. */
@NullMarked
package io.purser.agent.vault;

import org.jspecify.annotations.NullMarked;
