/** The built-in formats of a secret: each escapes so that a real parser of it reads back the same values. */
@NullMarked
package io.purser.agent.template.format;

import org.jspecify.annotations.NullMarked;
