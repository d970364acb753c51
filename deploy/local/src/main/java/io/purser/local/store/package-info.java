/** The embedded secret store: the part of Vault's HTTP API that Purser uses, in memory, for {@code try} and the tests. */
@NullMarked
package io.purser.local.store;

import org.jspecify.annotations.NullMarked;
