<?php
// The web application of the contract: it answers.
echo 'the contract';
