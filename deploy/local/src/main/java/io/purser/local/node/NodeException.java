package io.purser.local.node;

/** Something without which the node cannot go on, in one sentence. */
final class NodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NodeException(String sentence) {
        super(sentence);
    }

    NodeException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
