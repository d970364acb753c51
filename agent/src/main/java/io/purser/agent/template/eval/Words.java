package io.purser.agent.template.eval;

import io.purser.agent.template.parse.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that is being evaluated.
 *
 * @param offset where it begins
 * @param words a function or value and its arguments
 * @param dot the value of dot
 * @param piped the last argument, if it comes through the pipe
 */
record Words(int offset, List<Node> words, @Nullable Object dot, Piped piped) {

    Node first() {
        return words.get(0);
    }

    List<Node> arguments() {
        return words.subList(1, words.size());
    }

    boolean isPiped() {
        return piped.present();
    }

    boolean hasArguments() {
        return words.size() > 1 || isPiped();
    }
}
