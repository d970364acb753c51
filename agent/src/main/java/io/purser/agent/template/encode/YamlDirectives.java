package io.purser.agent.template.encode;

import io.purser.agent.template.value.FunctionException;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.tokens.DirectiveToken;
import org.yaml.snakeyaml.tokens.Token;

/**
 * Refuses what begins like a directive and is none. SnakeYAML skips such a line, so that a value such as {@code %x} would be
 * nothing, and all that comes after the line would be lost.
 */
final class YamlDirectives implements Scanner {
    private final Scanner scanner;

    YamlDirectives(Scanner scanner) {
        this.scanner = scanner;
    }

    @Override
    public boolean checkToken(Token.ID choice) {
        refuseUnknown();
        return scanner.checkToken(choice);
    }

    @Override
    public boolean checkToken(Token.ID... choices) {
        refuseUnknown();
        return scanner.checkToken(choices);
    }

    @Override
    public Token peekToken() {
        return scanner.peekToken();
    }

    @Override
    public Token getToken() {
        return scanner.getToken();
    }

    @Override
    public void resetDocumentIndex() {
        scanner.resetDocumentIndex();
    }

    private void refuseUnknown() {
        if (scanner.checkToken(Token.ID.Directive)
                && scanner.peekToken() instanceof DirectiveToken<?> directive
                && !directive.getName().equals("YAML")
                && !directive.getName().equals("TAG")) {
            throw new FunctionException("not YAML: line "
                    + (directive.getStartMark().getLine() + 1)
                    + " begins with % and is no directive; put quotes around a value that does");
        }
    }
}
