package io.purser.webhook.plan;

/**
 * Why a pod was injected, left alone or refused: the same in the response, the command line, the metric and the log.
 *
 * @param word for machines: lower case with dashes, from a small fixed set, fit for a metric's label
 * @param sentence for people, without a full stop
 */
public record Reason(String word, String sentence) {}
