package dev.vloop.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's chromium, without a window. */
final class Chrome implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final ChromeDriver driver;

    Chrome(String... more) {
        this(true, more);
    }

    Chrome(boolean scripts, String... more) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        // As root in a container there is no sandbox; the only pages that it sees are ours.
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,720", "--disable-gpu");
        options.addArguments(more);
        if (!scripts) {
            options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
        }
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .build();
        driver = new ChromeDriver(service, options);
    }

    void open(Object address) {
        driver.get(address.toString());
    }

    WebElement find(String css) {
        await(() -> !driver.findElements(By.cssSelector(css)).isEmpty());
        return driver.findElement(By.cssSelector(css));
    }

    /** Clicks the first such element, as soon as there is one. */
    void click(String css) {
        try {
            find(css).click();
        } catch (StaleElementReferenceException e) { // the page has just replaced it
            click(css);
        }
    }

    List<String> texts(String css) {
        try {
            return driver.findElements(By.cssSelector(css)).stream()
                    .map(WebElement::getText)
                    .toList();
        } catch (StaleElementReferenceException e) { // the page has just replaced one
            return texts(css);
        }
    }

    /** {@return the text of the first such element; empty if there is none at this moment} */
    String text(String css) {
        try {
            List<WebElement> found = driver.findElements(By.cssSelector(css));
            return found.isEmpty() ? "" : found.getFirst().getText();
        } catch (StaleElementReferenceException e) { // the page has just replaced it
            return "";
        }
    }

    void await(BooleanSupplier condition) {
        new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50)).until(ignored -> condition.getAsBoolean());
    }

    Object script(String code, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(code, arguments);
    }

    Object asyncScript(String code, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return ((JavascriptExecutor) driver).executeAsyncScript(code, arguments);
    }

    /** Chooses light or dark, as a system's setting does. */
    void scheme(String name) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    }

    /** Writes what is seen to target/screenshots. */
    void screenshot(String name) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        SmallPng.write(driver.getScreenshotAs(OutputType.BYTES), folder.resolve(name + ".png"));
    }

    /** {@return what the browser itself complains of: blocked scripts, failed loads} */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
