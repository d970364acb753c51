/** The template language: Go text/template with the functions of Vault Agent. */
@NullMarked
package io.purser.agent.template;

import org.jspecify.annotations.NullMarked;
