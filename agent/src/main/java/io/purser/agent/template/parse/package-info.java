/** From a template's text to its tree: the lexer, the parser and the errors that point into the text. */
@NullMarked
package io.purser.agent.template.parse;

import org.jspecify.annotations.NullMarked;
