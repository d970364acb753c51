package io.purser.agent.template.value;

/**
 * A number of a secret, with the store's own text: Go's json.Number, which is a kind of string.
 *
 * @param text as the store sent it
 */
public record JsonNumber(String text) {}
