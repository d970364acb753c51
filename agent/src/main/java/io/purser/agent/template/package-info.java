/**
 * The template language's front door: parse once, render against a context. What it renders is Go's text/template with the
 * functions of Vault Agent, to the byte.
 */
@NullMarked
package io.purser.agent.template;

import org.jspecify.annotations.NullMarked;
