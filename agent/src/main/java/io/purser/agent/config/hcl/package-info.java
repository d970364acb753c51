/** HCL version 1, the language of Vault Agent's configuration files. */
@NullMarked
package io.purser.agent.config.hcl;

import org.jspecify.annotations.NullMarked;
