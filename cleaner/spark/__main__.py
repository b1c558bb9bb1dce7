"""`python -m cleaner.spark`, and what `spark-submit` is given."""

from cleaner.cli import main
from cleaner.cli.spark import spark

if __name__ == "__main__":
    main(spark)
